# Copied, because npm installs beside the program.
library
mkdir -p "$work/node"
cp bindings/node/* "$work/node/"
npm install --prefix "$work/node" --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error >/dev/null
echo "node $(node --version), koffi $(node -p "require('$work/node/node_modules/koffi/package.json').version")"
golden node "$work/node/golden.js"
epr node "$work/node/epr.js"
