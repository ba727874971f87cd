package org.switchboard.dispatcher.internal;

import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.api.config.EntryExaminer;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.ports.RpcRegistry;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.examine.Examination;
import org.switchboard.dispatcher.internal.resolve.LazyService;
import org.switchboard.dispatcher.internal.resolve.Resolver;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.Users;

/** Wires the examination of entries, which is there whether or not anything is listened on. */
@Component(service = EntryExaminer.class)
public final class Examiner implements EntryExaminer {

    private final Examination examination;

    @Activate
    public Examiner(BundleContext context, @Reference Admission admission, @Reference PortRegistry ports,
            @Reference ComponentServiceObjects<RpcRegistry> rpc, @Reference Sockets sockets, @Reference Users users) {
        examination = new Examination(context, ports, new Resolver(ports, sockets, users, new LazyService<>(rpc)), admission);
    }

    @Override
    public List<Finding> examine(List<ServiceEntry> entries) {
        return examination.examine(entries);
    }
}
