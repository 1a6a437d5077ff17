windows x86_64 x86_64
wine64
under_wine "$work/x86_64/bin" wine
