package org.switchboard.provider.exec.internal;

import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;

/** Owns the options that say how a program is started, and so sees to it that their values are checked in every dialect. */
@Component(property = "service.ranking:Integer=-1000")
@AdmissionOptions({ProgramEnvironment.OPTION, Umask.OPTION, Extras.NICE, Extras.VARIABLES})
public final class ProgramOptions implements AdmissionRule {

    /** The option of the rule that may send clients to a program, {@code twist}. */
    private static final String WRAPPERS = "tcp_wrappers";

    @Override
    public Verdict check(Arrival arrival) {
        return Verdict.admit();
    }

    /**
     * A program may serve in the place of a provider, when a rule that judges clients says so; of those there is one
     * option.
     */
    @Override
    public Optional<String> noEffect(String option, ServiceEntry entry) {
        boolean started = entry.isProgram() || entry.options().containsKey(WRAPPERS);
        return started ? Optional.empty()
                : Optional.of("it is for programs, and provider '" + entry.provider() + "' runs inside the server");
    }

    @Override
    public Optional<String> objection(String option, String value) {
        if (option.equals(Umask.OPTION)) {
            return Umask.isMask(value) ? Optional.empty() : Optional.of("must be an octal mask from 0 to 0777");
        }
        if (!option.equals(ProgramEnvironment.OPTION)) {
            return Extras.objection(option, value);
        }
        return ProgramEnvironment.VALUES.contains(value)
                ? Optional.empty() : Optional.of("must be one of " + String.join(", ", ProgramEnvironment.VALUES));
    }
}
