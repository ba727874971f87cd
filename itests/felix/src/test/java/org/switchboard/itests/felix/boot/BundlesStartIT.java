package org.switchboard.itests.felix.boot;

import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.switchboard.itests.felix.Felix;

@RunWith(PaxExam.class)
public class BundlesStartIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Test
    public void everyBundleOfTheServerStarts() {
        List<String> notRunning = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.switchboard."))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING)
                .map(bundle -> bundle + " in state " + bundle.getState())
                .toList();
        assertEquals(List.of(), notRunning);
    }
}
