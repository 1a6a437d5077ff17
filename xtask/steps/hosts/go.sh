library
# The tree was moved, and cgo calls pkg-config without arguments of ours.
printf '#!/bin/sh\nexec pkg-config --define-prefix "$@"\n' >"$work/pkg-config"
chmod +x "$work/pkg-config"
export PKG_CONFIG="$work/pkg-config" PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
export GOCACHE="$work/go-cache" GOFLAGS=-mod=mod GOTOOLCHAIN=local GOPROXY=off
(cd bindings/go && test -z "$(gofmt -l .)" && go vet ./... && go build -o "$work/go/" ./...)
go version
golden "$work/go/golden"
epr "$work/go/epr"
