package org.switchboard.config.inetd.internal;

import org.switchboard.api.config.Dialect;
import org.switchboard.testkit.DialectContract;

class InetdDialectTest implements DialectContract {

    @Override
    public Dialect dialect() {
        return new InetdDialect("switchboard");
    }

    @Override
    public String goodText() {
        return """
                # what a small host serves
                127.0.0.1:
                echo    stream  tcp     nowait  nobody          internal
                7013    dgram   udp4    wait    nobody          internal daytime
                *:ftp   stream  tcp6    nowait.40 root          /usr/sbin/in.ftpd in.ftpd
                \t-l 'two words'
                /run/x  stream  unix    nowait  www-data:adm    internal echo
                """;
    }
}
