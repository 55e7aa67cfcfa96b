

def damage(root, place, chance, count):
    return {}
