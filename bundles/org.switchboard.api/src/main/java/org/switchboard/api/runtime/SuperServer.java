package org.switchboard.api.runtime;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.config.ReloadReport;

/**
 * The running server: what it does now, and the verbs that change that. Everything returned is a snapshot. Wherever an id
 * is asked for, any unique prefix of one will do.
 */
@ProviderType
public interface SuperServer {

    /** All entries, in the order of their ids. */
    List<ServiceDTO> services();

    /** @throws NoSuchServiceException if no id, or more than one, begins with that */
    ServiceDTO service(String id) throws NoSuchServiceException;

    /** All running sessions, in the order of their numbers. */
    List<SessionDTO> sessions();

    /**
     * The running sessions that {@link #end} would end: one, by number, or all of an entry, by id.
     *
     * @throws NoSuchServiceException if there is no such session, and no id, or more than one, begins with that
     */
    List<SessionDTO> sessions(String sessionOrId) throws NoSuchServiceException;

    /** All registered providers, by name and then by precedence. */
    List<ProviderDTO> providers();

    /** All registrations that are not used as they ask to be, by name; a provider may be here and among those that serve. */
    List<FailedProviderDTO> failedProviders();

    /** Reads all sources again. */
    ReloadReport reload();

    /** Closes the listeners of an entry until it is resumed; its sessions go on. Returns when they are closed. */
    void suspend(String id) throws NoSuchServiceException;

    /**
     * Opens a suspended entry, or tries again at once one that failed or stands back. Returns when that is done;
     * {@link #service} then says what came of it.
     */
    void resume(String id) throws NoSuchServiceException;

    /**
     * Ends one session, by number ({@code 42} or {@code #42}), or all sessions of an entry, by id: cuts the connection, or
     * sends SIGTERM to the program. A session that was told to end before is killed, as {@link #kill} does it.
     * Returns when they are over, or after two seconds: {@link #sessions()} still has those that go on. Not to be called by
     * a provider on an event loop, where sessions end.
     *
     * @return how many sessions were told to end
     */
    int end(String sessionOrId) throws NoSuchServiceException;

    /**
     * Kills one session, by number, or all sessions of an entry, by id: cuts the connection, or sends SIGKILL to the
     * program and its process group. Waits as {@link #end} does.
     *
     * @return how many sessions were killed
     */
    int kill(String sessionOrId) throws NoSuchServiceException;
}
