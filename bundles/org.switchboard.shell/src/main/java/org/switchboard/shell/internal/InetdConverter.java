package org.switchboard.shell.internal;

import java.time.InstantSource;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.switchboard.shell.internal.print.Printer;
import org.switchboard.shell.internal.verbs.Listing;

/** Prints the values of the commands. Converts nothing, and leaves everything else to other converters. */
@Component(service = Converter.class, property = {
    Converter.CONVERTER_CLASSES + "=org.switchboard.api.runtime.ServiceDTO",
    Converter.CONVERTER_CLASSES + "=org.switchboard.api.config.ReloadReport",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.verbs.Checked",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.verbs.Invitation",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.verbs.Registrations",
    Converter.CONVERTER_CLASSES + "=org.switchboard.shell.internal.verbs.Listing"
})
public final class InetdConverter implements Converter {

    private final Printer printer;

    @Activate
    public InetdConverter() {
        this.printer = new Printer(InstantSource.system());
    }

    /** Always {@code null}, with which Gogo goes on to the next converter. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    /** The text, or {@code null} for what is none of ours, with which Gogo goes on to the next converter. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        if (level == PART && target instanceof Listing<?>) {
            return null;
        }
        return (level == INSPECT ? printer.inFull(target) : printer.inALine(target)).orElse(null);
    }
}
