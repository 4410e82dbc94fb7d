"""How papers are made: geometry of GB/T 9704-2012, fonts, PDF, .docx, signature. What is decided stands in domain/papers."""
