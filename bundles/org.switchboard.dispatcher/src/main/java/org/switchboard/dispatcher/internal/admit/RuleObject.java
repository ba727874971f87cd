package org.switchboard.dispatcher.internal.admit;

import java.util.function.Supplier;
import org.osgi.service.component.ComponentServiceObjects;
import org.switchboard.api.admission.SessionRule;

/** The object of a session rule: taken from the framework when somebody needs it first, and kept until the rule is gone. */
final class RuleObject implements Supplier<SessionRule> {

    private final ComponentServiceObjects<SessionRule> objects;
    private SessionRule rule; // guarded by this

    RuleObject(ComponentServiceObjects<SessionRule> objects) {
        this.objects = objects;
    }

    @Override
    public synchronized SessionRule get() {
        if (rule == null) {
            rule = objects.getService();
        }
        if (rule == null) {
            throw new IllegalStateException("it cannot be activated");
        }
        return rule;
    }
}
