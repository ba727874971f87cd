package org.switchboard.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class ReasonTest {

    @Test
    void whatIsMissingIsSaidOnce() {
        String message = "Unable to resolve x.y [37](R 37.0): missing requirement [x.y [37](R 37.0)] osgi.wiring.package; "
                + "(&(osgi.wiring.package=com.nowhere)(version>=1.0.0)) Unresolved requirements: [[x.y [37](R 37.0)] "
                + "osgi.wiring.package; (&(osgi.wiring.package=com.nowhere)(version>=1.0.0))]";

        assertThat(Reason.of(new BundleException(message, BundleException.RESOLVE_ERROR))).isEqualTo(
                "does not resolve: missing osgi.wiring.package (&(osgi.wiring.package=com.nowhere)(version>=1.0.0))");
    }

    @Test
    void anActivatorSaysWhatItThrew() {
        assertThat(Reason.of(new BundleException("Activator start error", BundleException.ACTIVATOR_ERROR,
                new IllegalStateException("no disk")))).isEqualTo("its activator failed: java.lang.IllegalStateException: no disk");
    }
}
