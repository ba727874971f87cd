package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.DialectContract;

class InetdDialectTest {

    private static final String COMMON = """
            # what every system reads
            echo    stream  tcp     nowait  root          internal
            daytime dgram   udp     wait    root          internal
            ftp     stream  tcp     nowait  root          /usr/sbin/in.ftpd in.ftpd -l
            """;

    /** The contract holds in each of them. */
    abstract static class Contract implements DialectContract {
        @Override
        public Dialect dialect() {
            return new InetdDialect(getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }

        @Override
        public String goodText() {
            return COMMON;
        }
    }

    @Nested
    class Switchboard extends Contract {
        @Override
        public String goodText() {
            return """
                    127.0.0.1:
                    echo    stream  tcp     nowait  nobody          internal
                    7013    dgram   udp4    wait    nobody          internal daytime
                    *:ftp   stream  tcp6    nowait.40 root          /usr/sbin/in.ftpd in.ftpd
                    \t-l 'two words'
                    /run/x  stream  unix    nowait  www-data:adm    internal echo
                    """ + Netbsd.DEFINED;
        }
    }

    @Nested
    class Debian extends Contract {
    }

    @Nested
    class Openbsd extends Contract {
    }

    @Nested
    class Gnu extends Contract {
    }

    @Nested
    class Busybox extends Contract {
    }

    @Nested
    class Freebsd extends Contract {
    }

    @Nested
    class Netbsd extends Contract {
        static final String DEFINED = """
                ssh on protocol = tcp4, wait = no, user = root,
                \texec = /usr/sbin/sshd, args = sshd "-i"; # and
                """;

        @Override
        public String goodText() {
            return COMMON + DEFINED;
        }
    }

    @Nested
    class Netkit extends Contract {
    }

    @Nested
    class Tcpmux {

        private final InetdDialect gnu = new InetdDialect("gnu");

        private List<ServiceEntry> entries(String text) {
            return gnu.parse("a.conf", text).entries();
        }

        @Test
        void gnuAddsTheServiceThatTheOthersAreReachedThrough() {
            Parsed implied = gnu.implied(entries("\ntcpmux/x stream tcp nowait root /bin/x x\n"));

            assertThat(implied.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.id()).isEqualTo("tcpmux/tcp46");
                assertThat(entry.provider()).isEqualTo("tcpmux");
            });
            assertThat(implied.findings()).extracting(Object::toString).containsExactly(
                    "a.conf:2: warning: there are services of tcpmux and no service 'tcpmux'; added");
        }

        @Test
        void oneThatIsThereIsEnough() {
            assertThat(gnu.implied(entries("tcpmux/x stream tcp nowait root /bin/x x\ntcpmux stream tcp nowait root internal\n"))
                    .entries()).isEmpty();
            assertThat(gnu.implied(entries(COMMON)).entries()).isEmpty();
        }

        @Test
        void othersAddNothing() {
            InetdDialect freebsd = new InetdDialect("freebsd");
            assertThat(freebsd.implied(entries("tcpmux/x stream tcp nowait root /bin/x x\n")).entries()).isEmpty();
        }
    }
}
