# The library, installed by the plain script, then moved: what follows uses the moved tree.
grep "set(PACKAGE_VERSION \"$version\")" capi/cmake/optout-config-version.cmake
rm -rf "$work/installed" "$prefix"
capi/install.sh --prefix="$work/installed" 2>"$work/install.log" || { tail -20 "$work/install.log"; exit 1; }
mv "$work/installed" "$prefix"
ls -l "$prefix/lib/"
