package org.switchboard.provider.exec.internal;

import java.util.Map;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.testkit.AdmissionRuleContract;

class ProgramOptionsTest implements AdmissionRuleContract {

    private final ProgramOptions rule = new ProgramOptions();

    @Override
    public AdmissionRule rule() {
        return rule;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("environment", "tcpremote-resolved", "umask", "027");
    }
}
