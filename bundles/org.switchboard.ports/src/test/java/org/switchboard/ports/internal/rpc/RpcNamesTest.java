package org.switchboard.ports.internal.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RpcNamesTest {

    @TempDir
    private Path folder;

    private RpcNames names(String text) throws Exception {
        return new RpcNames(Files.writeString(folder.resolve("rpc"), text));
    }

    @Test
    void namesAndAliasesAreNumbers() throws Exception {
        RpcNames names = names("# rpc\nportmapper\t100000\tportmap sunrpc rpcbind\n\nrusersd 100002 rusers # who\nnfs 100003\n");

        assertThat(names.program("portmapper")).hasValue(100_000);
        assertThat(names.program("rusers")).hasValue(100_002);
        assertThat(names.program("nfs")).hasValue(100_003);
        assertThat(names.program("who")).isEmpty();
        assertThat(names.program("RUSERS")).isEmpty();
    }

    @Test
    void numbersNeedNoFile() {
        RpcNames names = new RpcNames(folder.resolve("nothing"));

        assertThat(names.program("300019")).hasValue(300_019);
        assertThat(names.program("4294967295")).hasValue(4_294_967_295L);
        assertThat(names.program("4294967296")).isEmpty();
        assertThat(names.program("0")).isEmpty();
        assertThat(names.program("rusersd")).isEmpty();
    }

    @Test
    void linesThatAreNoneAreNotRead() throws Exception {
        RpcNames names = names("rusersd\nrusersd many\nrusersd 100002\n");

        assertThat(names.program("rusersd")).hasValue(100_002);
    }

    @Test
    @Timeout(30)
    void whatIsNoFileNamesNothingAndHoldsUpNobody() throws Exception {
        new ProcessBuilder("mkfifo", folder.resolve("fifo").toString()).start().waitFor();

        assertThat(new RpcNames(folder.resolve("fifo")).program("rusersd")).isEmpty();
        assertThat(new RpcNames(Path.of("/dev/zero")).program("rusersd")).isEmpty();
        assertThat(new RpcNames(folder).program("rusersd")).isEmpty();
    }
}
