package org.switchboard.api.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.dto.DTO;

/** One entry of the merged table, as it stands now. */
public class ServiceDTO extends DTO {
    /** {@code name/protocol[@address]}. */
    public String id;
    /** The service name as configured. */
    public String name;
    public String protocol;
    /** As configured; empty for every address. */
    public String address;
    /** The port number; 0 if it has none, or none is known. */
    public int port;
    /** {@code nowait} or {@code wait}. */
    public String mode;
    /** As configured, and {@code -} for the server's own. */
    public String user;
    public String provider;
    public List<String> arguments;
    public Map<String, String> options;
    /** {@code file:line}, PID or bundle. */
    public String origin;
    public EntryState state;
    /** Why it is in this state; empty if that needs no reason. */
    public String reason;
    /** The open sockets of the entry. */
    public List<ListenerDTO> listeners;
    /** When a suspended entry opens again; absent ({@link Instant#MAX}) if somebody has to resume it. */
    public Instant resumesAt;
    /** Sessions running now. */
    public int sessions;
    /** Sessions and instances started so far. */
    public long starts;
    /** Clients refused so far. */
    public long refusals;
    /** Sessions that ended badly so far. */
    public long failures;
    /** Starts so far of a program that ended without taking anything of what waited on its socket. */
    public long tookNothing;
    /** Remarks that the operator should know, such as «user 'nobody' is not applied: the provider runs inside the server». */
    public List<String> notes;
}
