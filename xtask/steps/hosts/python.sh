library
python3 --version
golden python3 -B bindings/python/golden.py
epr python3 -B bindings/python/epr.py
