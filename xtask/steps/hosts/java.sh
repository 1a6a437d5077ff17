# Java 17 by JNA.
library
out="$work/java" java=bindings/java/src jna=/usr/share/java/jna.jar
javac --release 17 -Xlint:all -Werror -cp "$jna" -d "$out" "$java"/test/java/*.java "$java"/{main,jna}/java/optout/*.java
java -version 2>&1 | sed -n 1p
golden java -cp "$out:$jna" Golden
epr java -cp "$out:$jna" Epr
