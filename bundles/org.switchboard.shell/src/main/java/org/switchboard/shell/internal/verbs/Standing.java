package org.switchboard.shell.internal.verbs;

import org.switchboard.api.runtime.ServiceDTO;

/** State and reason of a service as one phrase. */
public final class Standing {

    private Standing() {
    }

    /** The reason alone where it begins with the state: {@code waiting for provider 'echo'}. */
    public static String of(ServiceDTO service) {
        String state = service.state.toString();
        if (service.reason.isEmpty()) {
            return state;
        }
        return service.reason.equals(state) || service.reason.startsWith(state + " ")
                ? service.reason : state + ": " + service.reason;
    }
}
