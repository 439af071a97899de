package routes.platform.cli;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Packages that component scans skip. */
final class ExcludedPackages extends TypeExcludeFilter {

    private final List<String> packages;

    ExcludedPackages(List<String> packages) {
        this.packages = packages;
    }

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory types) {
        String name = type.getClassMetadata().getClassName();
        return packages.stream().anyMatch(excluded -> name.startsWith(excluded + "."));
    }

    /** Spring's test framework compares filters to find out which contexts are alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExcludedPackages filter && filter.packages.equals(packages);
    }

    @Override
    public int hashCode() {
        return Objects.hash(packages);
    }
}
