# For 32-bit hosts.
windows i686 i686
wine32
# Where the programs run, as the tests lie here.
mkdir -p "$system/optout/tests/golden" "$system/optout/tests/c" "$system$work"
cp "$work/i686/bin/"* "$system/optout/"
cp tests/golden/answers.tsv "$system/optout/tests/golden/"
cp tests/c/national.register tests/c/epr.txt "$system/optout/tests/c/"
cp "$falsified" "$system$falsified"
under_wine /optout in_system
