package routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** House rules: who may import whom, and what things are called (docs/dev/architecture.md). */
@AnalyzeClasses(
        packages = "routes",
        importOptions = {ImportOption.DoNotIncludeTests.class, LayoutTest.DoNotIncludeGenerated.class})
class LayoutTest {

    /** The messages of Savant, as the compiler of protobuf writes them. */
    static final class DoNotIncludeGenerated implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/routes/replay/savant/");
        }
    }

    private static final String[] WORKFLOWS = {
        "routes.imaging..", "routes.replay..", "routes.cameras..", "routes.tagging..", "routes.tasks.."
    };

    private static final Set<String> WORKFLOW_ROOTS =
            Set.of("routes.imaging", "routes.replay", "routes.cameras", "routes.tagging", "routes.tasks");

    /** Besides RouteBuilders and configurations: the command line sends to Redis through the component. */
    private static final List<String> MAY_USE_CAMEL =
            List.of("routes.imaging.event.inbox.PollListener", "routes.imaging.ImagingCommands");

    @ArchTest
    static final ArchRule WORKFLOWS_DO_NOT_KNOW_EACH_OTHER = classes()
            .that()
            .resideInAnyPackage(WORKFLOWS)
            .should(onlyUseOfOurs(List.of("routes.component", "routes.platform")))
            .because("a workflow uses component, platform and itself");

    @ArchTest
    static final ArchRule PLATFORM_KNOWS_NO_WORKFLOW = classes()
            .that()
            .resideInAPackage("routes.platform..")
            .should(onlyUseOfOurs(List.of("routes.component", "routes.platform")))
            .because("the platform serves every workflow");

    @ArchTest
    static final ArchRule COMPONENTS_KNOW_NOTHING_OF_OURS = classes()
            .that()
            .resideInAPackage("routes.component..")
            .should(onlyUseOfOurs(List.of()))
            .because("a component could be offered to Camel");

    @ArchTest
    static final ArchRule ONLY_MEDIA_USES_FFMPEG = noClasses()
            .that()
            .resideOutsideOfPackage("routes.platform.media..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..")
            .because(
                    "its memory is freed by hand, which one package can be trusted with, and it is loaded when first used");

    @ArchTest
    static final ArchRule NOBODY_USES_LOCAL = noClasses()
            .that()
            .resideOutsideOfPackage("routes.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("routes.local..")
            .because("a site may run without local servers");

    @ArchTest
    static final ArchRule ROUTES_ARE_CALLED_ROUTES = classes()
            .that(assignableTo(RouteBuilder.class).or(assignableTo(RouteConfigurationBuilder.class)))
            .should()
            .haveSimpleNameEndingWith("Routes");

    @ArchTest
    static final ArchRule ONLY_ROUTES_ARE_CALLED_ROUTES = classes()
            .that()
            .haveSimpleNameEndingWith("Routes")
            .should()
            .beAssignableTo(assignableTo(RouteBuilder.class).or(assignableTo(RouteConfigurationBuilder.class)));

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Impl)(\\$.*)?")
            .because("a class has the name of the one thing it does");

    @ArchTest
    static final ArchRule LOGIC_DOES_NOT_KNOW_CAMEL = noClasses()
            .that()
            .resideInAnyPackage(WORKFLOWS)
            .and(DescribedPredicate.not(simpleNameEndingWith("Routes")
                    .or(simpleNameEndingWith("Configuration"))
                    // A component of a workflow's own: thin, for it is not tested without Camel
                    .or(assignableTo(Component.class))
                    .or(assignableTo(Endpoint.class))
                    .or(assignableTo(Consumer.class))
                    .or(listedToUseCamel())))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.."))
            .because("logic is tested without Camel");

    @ArchTest
    static final ArchRule CONSTRUCTORS_INJECT =
            noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith("jakarta.inject.Inject");

    @ArchTest
    static final ArchRule NO_STATIC_STATE = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .that()
            .resideInAPackage("routes..")
            .should(new ArchCondition<>("be in a package with @NullMarked and a description") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class)
                            || type.getPackage()
                                    .tryGetPackageInfo()
                                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                                    .isPresent();
                    events.add(new SimpleConditionEvent(
                            type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
                }
            });

    /** Nobody holds more than this in a head; package-info counts, generated code and tests do not. */
    private static final int MOST_FILES_OF_A_PACKAGE = 25;

    @ArchTest
    static void packagesAreSmall(JavaClasses classes) {
        Map<String, Set<String>> files = new TreeMap<>();
        classes.forEach(type -> type.getSource()
                .flatMap(Source::getFileName)
                .filter(file -> !file.endsWith("Configurer.java") && !file.endsWith("UriFactory.java"))
                .ifPresent(file -> files.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                        .add(file)));
        assertThat(files).allSatisfy((name, sources) -> assertThat(sources.size())
                .as("files of %s: %s", name, sources)
                .isLessThanOrEqualTo(MOST_FILES_OF_A_PACKAGE));
    }

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String name = type.getPackageName();
                    // The root of a workflow stands outside: its routes use the packages, whose configurations use its
                    // properties
                    boolean root = name.equals("routes") || WORKFLOW_ROOTS.contains(name);
                    return root || !name.startsWith("routes.") ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOTS_OF_WORKFLOWS_HOLD_ROUTES = classes()
            .that(resideInWorkflowRoot())
            .should()
            .haveNameMatching(".*\\.(\\w+(Routes|Properties|Commands)|package-info)(\\$.*)?")
            .because("who opens a workflow sees its routes first; all else is in its packages");

    @ArchTest
    static final ArchRule CONFIGURATIONS_PASS_PROPERTIES_ON = noClasses()
            .that(DescribedPredicate.not(resideInWorkflowRoot()))
            .and()
            .areNotAnnotatedWith(Configuration.class)
            .should()
            .dependOnClassesThat(areRootProperties())
            .because("logic takes the values it needs, and a package may not know the root of its workflow");

    @ArchTest
    static final ArchRule PROPERTIES_CONVERT_NOTHING = methods()
            .that()
            .areDeclaredInClassesThat(areRootProperties())
            .and()
            .areNotPrivate()
            .should(new ArchCondition<>("be accessors, or say what is wrong") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean accessor =
                            method.getOwner().tryGetField(method.getName()).isPresent();
                    boolean allowed = accessor
                            || Set.of("faults", "toString", "equals", "hashCode")
                                    .contains(method.getName());
                    events.add(new SimpleConditionEvent(method, allowed, method.getDescription()));
                }
            })
            .because("what is made of a value is the business of the configuration that passes it on");

    private static DescribedPredicate<JavaClass> areRootProperties() {
        return DescribedPredicate.describe(
                "are the properties of a workflow",
                type -> WORKFLOW_ROOTS.contains(type.getPackageName())
                        && type.getName().matches(".*Properties(\\$.*)?"));
    }

    private static DescribedPredicate<JavaClass> resideInWorkflowRoot() {
        return DescribedPredicate.describe(
                "reside in the root of a workflow", type -> WORKFLOW_ROOTS.contains(type.getPackageName()));
    }

    private static DescribedPredicate<JavaClass> listedToUseCamel() {
        return DescribedPredicate.describe("are listed", type -> MAY_USE_CAMEL.stream()
                .anyMatch(name -> type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }

    private static ArchCondition<JavaClass> onlyUseOfOurs(List<String> rooms) {
        return new ArchCondition<>("use only " + rooms + " and its own room") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = room(type.getPackageName());
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String target = dependency.getTargetClass().getPackageName();
                    boolean ours = target.equals("routes") || target.startsWith("routes.");
                    boolean allowed = room(target).equals(own)
                            || rooms.stream().anyMatch(room -> target.equals(room) || target.startsWith(room + "."));
                    events.add(new SimpleConditionEvent(type, !ours || allowed, dependency.getDescription()));
                });
            }
        };
    }

    /** {@code routes.imaging}, or {@code routes.component.redisstream}: components are rooms of their own. */
    private static String room(String packageName) {
        return Pattern.compile("^(routes\\.(component\\.)?[^.]+).*")
                .matcher(packageName)
                .replaceFirst("$1");
    }
}
