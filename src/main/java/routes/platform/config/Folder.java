package routes.platform.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** The path must be a folder that this process can use, or one that it could create. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Folder.Check.class)
public @interface Folder {

    /** Whether files are written there; otherwise an existing folder only needs to be readable. */
    boolean writable() default true;

    String message() default "must be a folder that this user may write, or one that can be made";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the path itself or, when it does not exist, the nearest folder above it. */
    class Check implements ConstraintValidator<Folder, Path> {

        private boolean writable;

        @Override
        public void initialize(Folder folder) {
            writable = folder.writable();
        }

        @Override
        public boolean isValid(@Nullable Path path, ConstraintValidatorContext context) {
            if (path == null) {
                return true;
            }
            Path nearest = path.toAbsolutePath().normalize();
            boolean isThere = Files.exists(nearest);
            while (nearest.getParent() != null && !Files.exists(nearest)) {
                nearest = nearest.getParent();
            }
            return Files.isDirectory(nearest)
                    && Files.isReadable(nearest)
                    && (Files.isWritable(nearest) || isThere && !writable);
        }
    }
}
