# It reads as a manual: Doxygen finds every item documented, and has nothing to warn of.
mkdir -p "$work/manual"
(cat capi/Doxyfile; echo "OUTPUT_DIRECTORY = $work/manual") | doxygen -
