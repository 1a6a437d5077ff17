# Memory that ends at any page is a status, never a signal.
large_register
compile_calls sweep
"$work/sweep" "$work/large.register"
