class Verb:
    """The verbs in use, by their ADL names."""

    EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
