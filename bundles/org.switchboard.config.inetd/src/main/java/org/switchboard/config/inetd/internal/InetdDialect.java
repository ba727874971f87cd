package org.switchboard.config.inetd.internal;

import org.osgi.service.component.annotations.Component;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.DialectName;
import org.switchboard.api.config.Parsed;

/** The dialect {@code switchboard}: the superset of the family. */
@Component
@DialectName("switchboard")
public final class InetdDialect implements Dialect {

    private final Grammar grammar = new Grammar(Rules.SWITCHBOARD);

    @Override
    public Parsed parse(String origin, String text) {
        return grammar.parse(origin, text);
    }
}
