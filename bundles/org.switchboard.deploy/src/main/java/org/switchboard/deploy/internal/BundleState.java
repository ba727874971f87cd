package org.switchboard.deploy.internal;

import org.osgi.framework.Bundle;

/** The words for the states of a bundle. */
final class BundleState {

    private BundleState() {
    }

    static String text(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "active";
            // Activated with its first client: that is no state to wait for the end of.
            case Bundle.STARTING -> "on demand";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "resolved";
            default -> "installed";
        };
    }
}
