module example.org/epr

go 1.19
