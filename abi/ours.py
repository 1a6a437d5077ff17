#!/usr/bin/env python3
"""Of what abidw says about the library and all that is linked into it: our interface.

    abi/ours.py ALL.abi >OURS.abi

A register is opaque: what is in it is no part of the interface, and neither are the types that it is
made of.
"""
import sys
import xml.etree.ElementTree as xml

corpus = xml.parse(sys.argv[1]).getroot()
for unit in corpus.findall("abi-instr"):
    path = unit.get("path").split("/@/")[0]
    if not path.startswith("capi/src"):
        corpus.remove(unit)
        continue
    unit.set("path", path)
    for namespace in unit.findall("namespace-decl"):
        if namespace.get("name") != "optout_capi":
            unit.remove(namespace)
    register = unit.find(".//class-decl[@name='optout_register']")
    register.attrib.pop("size-in-bits")
    register.set("is-declaration-only", "yes")
    for member in list(register):
        register.remove(member)
    # What is made of a type that went goes too.
    gone = True
    while gone:
        known = {item.get("id") for item in unit.iter()} | {None}
        gone = [
            item
            for item in unit
            if item.tag != "namespace-decl"
            and not known.issuperset(part.get("type-id") for part in item.iter())
        ]
        for item in gone:
            unit.remove(item)
sys.stdout.write(xml.tostring(corpus, encoding="unicode") + "\n")
