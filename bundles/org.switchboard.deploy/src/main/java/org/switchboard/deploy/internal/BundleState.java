package org.switchboard.deploy.internal;

import org.osgi.framework.Bundle;

/** The words for the states of a bundle. */
final class BundleState {

    private BundleState() {
    }

    static String text(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "active";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "resolved";
            default -> "installed";
        };
    }
}
