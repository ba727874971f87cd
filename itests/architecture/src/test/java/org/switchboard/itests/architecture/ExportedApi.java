package org.switchboard.itests.architecture;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Clazz;
import aQute.bnd.osgi.Descriptors.TypeRef;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Version;

/** The packages that a bundle exports, as bnd sees them: each with its version, and what it holds as a tree. */
record ExportedApi(Map<String, ExportedPackage> packages) {

    /** One of them; the version is no part of the tree. */
    record ExportedPackage(Version version, Tree.Data content) {
    }

    /** Every class has these, whether it says so or not. */
    private static final Set<String> OF_EVERY_CLASS = Set.of("equals(java.lang.Object)", "hashCode()", "toString()");

    ExportedApi {
        packages = new TreeMap<>(packages);
    }

    /** What the bundle that lies there, a jar or a folder, exports. */
    static ExportedApi of(Path bundle) throws Exception {
        Map<String, ExportedPackage> packages = new TreeMap<>();
        try (Jar jar = new Jar(bundle.toFile()); Analyzer analyzer = new OwnClasses(jar)) {
            for (Tree tree : new DiffPluginImpl().tree(analyzer).get("<api>").getChildren()) {
                if (tree.getType() == Type.PACKAGE) {
                    packages.put(tree.getName(), new ExportedPackage(version(tree), content(tree.serialize())));
                }
            }
        }
        return new ExportedApi(packages);
    }

    /** What the classes of others hold, those of Java too, is promised by them, and differs with their versions. */
    private static final class OwnClasses extends Analyzer {

        OwnClasses(Jar jar) throws Exception {
            super(jar);
        }

        @Override
        public Clazz findClass(TypeRef type) {
            return getClassspace().get(type);
        }
    }

    private static Version version(Tree tree) {
        return Arrays.stream(tree.getChildren()).filter(child -> child.getType() == Type.VERSION)
                .map(child -> Version.parseVersion(child.getName())).findFirst().orElse(Version.emptyVersion);
    }

    /** The types of a package; what its annotations say is in the manifest. */
    private static Tree.Data content(Tree.Data exported) {
        exported.children = Arrays.stream(exported.children)
                .filter(child -> child.type != Type.VERSION && child.type != Type.ANNOTATED).toArray(Tree.Data[]::new);
        for (Tree.Data type : exported.children) {
            type.children = Arrays.stream(type.children).filter(member -> !OF_EVERY_CLASS.contains(member.name))
                    .toArray(Tree.Data[]::new);
        }
        return exported;
    }

    /**
     * Which packages must have a higher version because of what they changed, or are gone; a sentence for each, with
     * the changes that ask for it.
     */
    List<String> objections(ExportedApi recorded) throws Exception {
        List<String> objections = new ArrayList<>();
        for (Map.Entry<String, ExportedPackage> before : recorded.packages.entrySet()) {
            ExportedPackage now = packages.get(before.getKey());
            if (now == null) {
                objections.add("package " + before.getKey() + " " + before.getValue().version() + " is not exported any more; who"
                        + " means it takes it out of the baseline by hand");
            } else {
                objection(before.getKey(), before.getValue(), now).ifPresent(objections::add);
            }
        }
        return objections;
    }

    private static Optional<String> objection(String name, ExportedPackage before, ExportedPackage now) throws Exception {
        Diff diff = tree(now).diff(tree(before));
        Version needed = raised(before.version(), diff.getDelta());
        if (now.version().compareTo(needed) >= 0) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("package " + name + " has version " + now.version() + " and must have "
                + needed + ", after " + before.version());
        causes(diff, diff.getDelta(), "", text);
        return Optional.of(text.toString());
    }

    private static Tree tree(ExportedPackage exported) throws Exception {
        return new DiffPluginImpl().deserialize(exported.content());
    }

    /** Below 1.0 as above: bnd's own baseline lets a package there change as it likes. */
    private static Version raised(Version version, Delta delta) {
        return switch (delta) {
            case UNCHANGED, IGNORED -> version;
            case MAJOR, REMOVED -> new Version(version.getMajor() + 1, 0, 0);
            case MINOR, ADDED -> new Version(version.getMajor(), version.getMinor() + 1, 0);
            case MICRO, CHANGED -> new Version(version.getMajor(), version.getMinor(), version.getMicro() + 1);
        };
    }

    /** Of all that was added and removed, what is as grave as the whole. */
    private static void causes(Diff diff, Delta whole, String path, StringBuilder text) {
        for (Diff child : diff.getChildren()) {
            String here = path + " " + child.getType().name().toLowerCase(Locale.ROOT) + " " + child.getName();
            if (child.getDelta() == Delta.ADDED) {
                text.append(child.getNewer().ifAdded() == whole ? "\n  added" + here : "");
            } else if (child.getDelta() == Delta.REMOVED) {
                text.append(child.getOlder().ifRemoved() == whole ? "\n  removed" + here : "");
            } else {
                causes(child, whole, here, text);
            }
        }
    }
}
