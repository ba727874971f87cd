package org.switchboard.control.internal;

import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Turns an id or a symbolic name into the bundle, for {@code stop 12} or {@code update org.example.qotd}. In Felix that comes with the
 * activator of gogo.jline, which does not run here; without it the commands of gogo.command take no bundle.
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {

    private final BundleContext framework;

    @Activate
    public BundleConverter(BundleContext context) {
        this.framework = context.getBundle(0).getBundleContext();
    }

    /** The bundle, or {@code null} if something else is wanted or meant, with which Gogo goes on to the next converter. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        if (desiredType != Bundle.class || in == null) {
            return null;
        }
        String text = in.toString();
        for (Bundle bundle : framework.getBundles()) {
            if (text.equals(Long.toString(bundle.getBundleId())) || text.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        return null;
    }

    /** {@code null} unless it is the part of a line, with which Gogo goes on to the next converter. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return target instanceof Bundle bundle && level != INSPECT ? bundle.getBundleId() + " " + bundle.getSymbolicName() : null;
    }
}
