package org.switchboard.shell.internal.verbs;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.config.ConfigurationConversion;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.DialectName;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.runtime.Deployments;
import org.switchboard.api.runtime.NoSuchServiceException;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SuperServer;

/**
 * What the commands call. A service is looked up for each command and let go after it, so that the commands are there before
 * the server and outlive it, and hold on to nothing.
 */
final class Services {

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    /** Something asked of a service. */
    @FunctionalInterface
    interface Question<S, R> {
        R ask(S service) throws NoSuchServiceException;
    }

    <R> R server(Question<SuperServer, R> question) throws CommandFailedException {
        return ask(SuperServer.class, "the server is not running: nobody registered a SuperServer (see 'scr:list')", question);
    }

    <R> R ports(Question<PortRegistry, R> question) throws CommandFailedException {
        return ask(PortRegistry.class, "there is no port registry: nobody registered a PortRegistry (see 'scr:list')", question);
    }

    <R> R configuration(Question<ConfigurationCheck, R> question) throws CommandFailedException {
        return ask(ConfigurationCheck.class,
                "files cannot be checked: nobody registered a ConfigurationCheck (see 'scr:list')", question);
    }

    <R> R conversion(Question<ConfigurationConversion, R> question) throws CommandFailedException {
        return ask(ConfigurationConversion.class,
                "files cannot be converted: nobody registered a ConfigurationConversion (see 'scr:list')", question);
    }

    <R> R deployments(Question<Deployments, R> question) throws CommandFailedException {
        return ask(Deployments.class, "nothing is deployed: nobody registered Deployments (see 'scr:list')", question);
    }

    /** Whether services(5) or a reservation gives this name or alias to the port of a service; false without a registry. */
    boolean isPortOf(String name, ServiceDTO service) {
        try {
            return service.port != 0
                    && ports(registry -> registry.port(name, transport(service))).equals(OptionalInt.of(service.port));
        } catch (CommandFailedException e) {
            return false;
        }
    }

    /** The official name of the port of a service, if it has one; none without a registry. */
    Stream<String> portName(ServiceDTO service) {
        try {
            return ports(registry -> registry.name(service.port, transport(service))).stream();
        } catch (CommandFailedException e) {
            return Stream.empty();
        }
    }

    private static Transport transport(ServiceDTO service) {
        return service.protocol.startsWith("udp") ? Transport.UDP : Transport.TCP;
    }

    List<String> dialects() {
        try {
            return context.getServiceReferences(Dialect.class, null).stream()
                    .map(reference -> String.valueOf(reference.getProperty(DialectName.PROPERTY))).sorted().toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private <S, R> R ask(Class<S> type, String absent, Question<S, R> question) throws CommandFailedException {
        ServiceReference<S> reference = context.getServiceReference(type);
        S service = reference == null ? null : context.getService(reference);
        if (service == null) {
            throw new CommandFailedException(absent);
        }
        try {
            return question.ask(service);
        } catch (NoSuchServiceException e) {
            throw new CommandFailedException(e.getMessage());
        } finally {
            context.ungetService(reference);
        }
    }
}
