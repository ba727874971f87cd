package org.switchboard.logging.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The PID {@code org.switchboard.logging}. */
@ObjectClassDefinition(name = "Switchboard: logging",
        description = "What is logged on standard error or to syslog")
@interface Config {

    @AttributeDefinition(required = false, description = "The level of everything that has no level of its own: ERROR, WARN, INFO, "
            + "DEBUG or TRACE. Default: framework property switchboard.log.level, or INFO")
    String level() default "";

    @AttributeDefinition(required = false, description = "Levels of single loggers and all below them, such as switchboard.access=DEBUG, "
            + "beside those of the framework property switchboard.log.levels")
    String[] levels() default {};
}
