package org.switchboard.config.internal.pid;

import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One configuration of the factory PID {@code org.switchboard.service}. It takes the values as they are, because a typed view
 * would turn a typo into a zero and say nothing.
 */
@Component(configurationPid = ConfiguredService.FACTORY_PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true, service = {})
@Designate(ocd = ServiceAttributes.class, factory = true)
public final class ConfiguredService {

    static final String FACTORY_PID = "org.switchboard.service";

    private final Configurations configurations;
    private final String pid;

    @Activate
    public ConfiguredService(@Reference Configurations configurations, Map<String, Object> properties) {
        this.configurations = configurations;
        this.pid = pid(properties);
        configurations.put(pid, properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        configurations.put(pid, properties);
    }

    /** Only when its configuration is gone is the service not wanted any more: a bundle that stops may be an update. */
    @Deactivate
    void deactivate(int reason) {
        if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED
                || reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED) {
            configurations.remove(pid);
        }
    }

    /** A component that is configured by several has a list of PIDs, of which the last is the most special. */
    private static String pid(Map<String, Object> properties) {
        Object pid = properties.get(Constants.SERVICE_PID);
        if (pid instanceof Iterable<?> several) {
            String last = FACTORY_PID;
            for (Object one : several) {
                last = String.valueOf(one);
            }
            return last;
        }
        return pid instanceof String[] several ? several[several.length - 1] : String.valueOf(pid);
    }
}
