library
export GOCACHE="$work/go-cache" GOFLAGS=-mod=mod GOTOOLCHAIN=local GOPROXY=off
(cd bindings/go && test -z "$(gofmt -l .)" && go vet ./... && go build -o "$work/go/" ./...)
go version
golden "$work/go/golden"
epr "$work/go/epr"
