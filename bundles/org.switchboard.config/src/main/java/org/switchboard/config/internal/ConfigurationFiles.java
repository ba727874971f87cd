package org.switchboard.config.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.config.ConfigurationConversion;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.DialectName;
import org.switchboard.api.config.EntryExaminer;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;

/**
 * Offers the configured files as a source of entries, and checks files. Every reference is dynamic, so that an update of a
 * grammar or of the dispatcher does not withdraw the entries, and with them the ports.
 */
@Component(immediate = true, configurationPid = "org.switchboard.config")
@Designate(ocd = ConfigurationFiles.Config.class)
public final class ConfigurationFiles implements EntrySource, ConfigurationCheck, ConfigurationConversion {

    private static final String FILES_PROPERTY = "switchboard.conf";
    private static final String CHECK_PROPERTY = "switchboard.check";
    private static final String STRICT_PROPERTY = "switchboard.strict";
    private static final String DIALECT_PROPERTY = "switchboard.dialect";
    private static final String PROGRAMS_PROPERTY = "switchboard.defaults.programs";
    private static final String INTERNAL_PROPERTY = "switchboard.defaults.internal";
    private static final String ADDRESSES_PROPERTY = "switchboard.inetd.addresses";

    private final BundleContext context;
    private final Logger log;
    private final FileSource source;

    /** Which files say what is served. */
    @ObjectClassDefinition(name = "Switchboard: configuration files")
    @interface Config {

        @AttributeDefinition(description = "Files, and directories of files, that say what is served. One value may hold "
                + "several, with the path separator between them. Empty: those that the server was started with.")
        String[] files() default {};

        @AttributeDefinition(description = "Whether one error anywhere keeps the previous configuration. Also when the server "
                + "was started so.")
        boolean strict() default false;

        @AttributeDefinition(description = "The dialect of files that do not name their own in the first line. Empty: the one "
                + "that the server was started with, or else that of the file's place: 'debian' for /etc/inetd.conf, 'gnu' for "
                + "/etc/inetd.d, and otherwise 'switchboard'.")
        String dialect() default "";
    }

    @Activate
    public ConfigurationFiles(BundleContext context, Config config, @Reference(service = LoggerFactory.class) Logger log) {
        this.context = context;
        this.log = log;
        this.source = new FileSource(settings(config), Boolean.parseBoolean(context.getProperty(CHECK_PROPERTY)), log);
    }

    @Modified
    void modified(Config config) {
        source.settings(settings(config));
    }

    @Deactivate
    void deactivate() {
        source.close();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public ReloadReport reload() {
        return source.reload();
    }

    @Override
    public Result check(List<Path> files, Optional<String> dialect) {
        return source.check(files, dialect);
    }

    @Override
    public Converted convert(Path file, Optional<String> dialect, String form) {
        return source.convert(file, dialect, form);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDialect(Dialect dialect, Map<String, Object> properties) {
        source.addDialect(String.valueOf(properties.get(DialectName.PROPERTY)), dialect);
    }

    void unbindDialect(Dialect dialect) {
        source.removeDialect(dialect);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindExaminer(EntryExaminer examiner) {
        source.examiner(examiner);
    }

    void unbindExaminer(EntryExaminer examiner) {
        source.examinerGone(examiner);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTable(ServiceTable table) {
        source.table(table);
    }

    void unbindTable(ServiceTable table) {
        source.tableGone(table);
    }

    private Settings settings(Config config) {
        boolean strict = config.strict() || Boolean.parseBoolean(context.getProperty(STRICT_PROPERTY));
        String[] files = config.files().length > 0 ? config.files() : new String[] {property(FILES_PROPERTY)};
        Optional<String> told = Optional.of(config.dialect().isEmpty() ? property(DIALECT_PROPERTY) : config.dialect());
        return Settings.of(strict, files).in(told.filter(name -> !name.isEmpty()), defaults());
    }

    private Defaults defaults() {
        String programs = property(PROGRAMS_PROPERTY);
        String internal = property(INTERNAL_PROPERTY);
        String addresses = property(ADDRESSES_PROPERTY);
        if ((programs + internal + addresses).isEmpty()) {
            return Defaults.NONE;
        }
        return Defaults.of(programs, internal, addresses,
                word -> log.error("default '{}' is not of the form option=value; ignored", word));
    }

    private String property(String name) {
        return Optional.ofNullable(context.getProperty(name)).orElse("").strip();
    }
}
