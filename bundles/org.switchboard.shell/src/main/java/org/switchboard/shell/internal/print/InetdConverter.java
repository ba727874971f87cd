package org.switchboard.shell.internal.print;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.shell.internal.Checked;
import org.switchboard.shell.internal.Invitation;
import org.switchboard.shell.internal.Listing;

/** Prints the values of the commands. Converts nothing, and leaves everything else to other converters. */
@Component(service = Converter.class, property = {
    Converter.CONVERTER_CLASSES + "=org.switchboard.api.runtime.ServiceDTO",
    Converter.CONVERTER_CLASSES + "=org.switchboard.api.config.ReloadReport",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.Checked",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.Invitation",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.Listing"
})
public final class InetdConverter implements Converter {

    private final Lists lists;
    private final Pages pages;

    @Activate
    public InetdConverter() {
        this(InstantSource.system());
    }

    InetdConverter(InstantSource clock) {
        this.lists = new Lists(clock);
        this.pages = new Pages(clock);
    }

    /** Always {@code null}, with which Gogo goes on to the next converter. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    /** The text, or {@code null} for what is none of ours, with which Gogo goes on to the next converter. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        if (target instanceof Listing<?> listing) {
            return level == PART ? null : list(listing);
        }
        if (target instanceof ServiceDTO service) {
            return level == INSPECT ? pages.service(service) : Table.plain(service.id);
        }
        if (target instanceof ReloadReport report) {
            return level == INSPECT ? pages.report(report) : report.summary();
        }
        if (target instanceof Invitation invitation) {
            return level == INSPECT ? Trials.text(invitation.services()) : null;
        }
        return target instanceof Checked checked && level == INSPECT ? pages.checked(checked) : null;
    }

    private String list(Listing<?> listing) {
        if (listing.type() == ServiceDTO.class) {
            return print(listing, ServiceDTO.class, lists::services);
        }
        if (listing.type() == SessionDTO.class) {
            return print(listing, SessionDTO.class, lists::sessions);
        }
        if (listing.type() == ProviderDTO.class) {
            return print(listing, ProviderDTO.class, lists::providers);
        }
        return print(listing, PortStatus.class, lists::ports);
    }

    private static <T> String print(Listing<?> listing, Class<T> type, Function<List<T>, String> printer) {
        return printer.apply(listing.stream().map(type::cast).toList());
    }
}
