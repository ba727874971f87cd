package org.switchboard.shell.internal.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final String REASON = "port 7013/tcp is in use by xinetd (pid 812), and tried again in ten seconds";

    private static String table(int columns) {
        Table table = new Table(columns, "ID", "LISTENS ON", "SERVED BY", "REASON");
        table.row("daytime/tcp", "127.0.0.1:7013", "/usr/libexec/daytimed", REASON);
        table.row("echo/tcp", "127.0.0.1:7007", "echo", "");
        return table.toString();
    }

    @Test
    void textThatIsNotForATerminalIsNeitherWrappedNorCut() {
        assertThat(table(Table.UNLIMITED).lines()).containsExactly(
                "ID           LISTENS ON      SERVED BY              REASON",
                "daytime/tcp  127.0.0.1:7013  /usr/libexec/daytimed  " + REASON,
                "echo/tcp     127.0.0.1:7007  echo");
    }

    @Test
    void aWideTerminalChangesNothing() {
        assertThat(table(200)).isEqualTo(table(Table.UNLIMITED));
    }

    @Test
    void theReasonIsWrappedInItsColumn() {
        assertThat(table(100).lines()).containsExactly(
                "ID           LISTENS ON      SERVED BY              REASON",
                "daytime/tcp  127.0.0.1:7013  /usr/libexec/daytimed  port 7013/tcp is in use by xinetd (pid 812), and",
                "                                                    tried again in ten seconds",
                "echo/tcp     127.0.0.1:7007  echo");
    }

    @Test
    void aReasonWithoutRoomBesideTheColumnsStandsBelowItsRow() {
        assertThat(table(60).lines()).containsExactly(
                "ID           LISTENS ON      SERVED BY",
                "daytime/tcp  127.0.0.1:7013  /usr/libexec/daytimed",
                "    port 7013/tcp is in use by xinetd (pid 812), and tried",
                "    again in ten seconds",
                "echo/tcp     127.0.0.1:7007  echo");
    }

    @Test
    void otherColumnsLoseTheirBeginningButTheFirstStaysWhole() {
        assertThat(table(44).lines()).anyMatch(line -> line.startsWith("daytime/tcp  …") && line.endsWith("daytimed"))
                .allMatch(line -> line.length() <= 44);
    }

    @Test
    void aTerminalThatIsTooNarrowForAnythingStillNamesTheRows() {
        assertThat(table(1)).contains("daytime/tcp", "echo/tcp", "port 7013/tcp");
    }

    @Test
    void aWordThatIsLongerThanItsColumnIsBroken() {
        Table table = new Table(50, "ID", "REASON");
        table.row("echo/tcp", "x".repeat(100));
        assertThat(table.toString().lines()).allMatch(line -> line.length() <= 50).hasSize(4);
    }
}
