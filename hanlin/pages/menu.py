from hanlin.people.registries import MenuItem, Panel

ITEMS: list[MenuItem] = []
PANELS: list[Panel] = []
