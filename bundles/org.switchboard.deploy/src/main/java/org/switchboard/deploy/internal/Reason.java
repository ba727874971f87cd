package org.switchboard.deploy.internal;

import org.osgi.framework.BundleException;

/** Why the framework does not take or start a bundle, in one line. */
final class Reason {

    private static final String MISSING = "missing requirement ";

    private Reason() {
    }

    static String of(BundleException failure) {
        String message = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
        if (failure.getType() == BundleException.ACTIVATOR_ERROR) {
            return "its activator failed: " + (failure.getCause() == null ? message : failure.getCause());
        }
        if (failure.getCause() instanceof BundleException cause) {
            return of(cause);
        }
        int missing = message.lastIndexOf(MISSING);
        return missing < 0 ? message : "does not resolve: missing " + requirement(message.substring(missing + MISSING.length()));
    }

    /** Felix has the name of the bundle in front of it, in brackets, and all requirements once more behind it. */
    private static String requirement(String text) {
        return text.replaceFirst("\\]* Unresolved requirements:.*", "").replaceFirst("^\\[.*?\\)\\] ", "").replace("; ", " ");
    }
}
