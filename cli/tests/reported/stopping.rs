//! A run that must end: after an error, by a signal, and on hostile input.
