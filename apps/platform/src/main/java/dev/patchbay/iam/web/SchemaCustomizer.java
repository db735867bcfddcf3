package dev.patchbay.iam.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import tools.jackson.databind.JsonNode;

/**
 * Makes the schemas say what the records say: a member is required unless JSON leaves it out, and may be null only where it is
 * {@link Nullable}. Names are {@code context.Record}; two records under one name stop the description.
 *
 * <p>springdoc names schemas by class ({@code springdoc.use-fqn}), so that no record replaces another of the same simple name.
 */
final class SchemaCustomizer implements GlobalOpenApiCustomizer {

    private static final String ROOT = "dev.patchbay.";
    private static final String PAGE = "dev.patchbay.kernel.Page";

    @Override
    public void customise(OpenAPI api) {
        Map<String, Schema<?>> named = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        Set<String> collisions = new TreeSet<>();
        api.getComponents().getSchemas().forEach((className, schema) -> {
            String name = shortName(className);
            if (named.put(name, schema) != null) {
                collisions.add(name);
            }
            names.put(className, name);
            describe(className, schema);
        });
        if (!collisions.isEmpty()) {
            throw new IllegalStateException(
                    "Each of these names stands for two records in the API's description; rename one of" + " them: "
                            + collisions + " of " + names.keySet());
        }
        api.getComponents().setSchemas(new TreeMap<>(named));
        new SchemaReferences(names).rename(api);
    }

    private static String shortName(String className) {
        if (className.startsWith(PAGE) && className.length() > PAGE.length()) {
            // springdoc writes the item behind it, with a capital letter.
            String item = className.substring(PAGE.length());
            return shortName(item.substring(0, 1).toLowerCase(Locale.ROOT) + item.substring(1)) + "Page";
        }
        String path = className.startsWith(ROOT) ? className.substring(ROOT.length()) : className;
        int end = path.indexOf('.');
        String context = end < 0 ? "" : path.substring(0, end) + ".";
        return context + path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('$')) + 1);
    }

    private static void describe(String className, Schema<?> schema) {
        @Nullable Class<?> type = findRecord(className);
        if (type == null || schema.getProperties() == null) {
            return;
        }
        boolean leavesOutNulls = leavesOutNulls(type.getAnnotation(JsonInclude.class));
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            var property = schema.getProperties().get(component.getName());
            if (property == null) {
                continue;
            }
            if (component.getType() == JsonNode.class) {
                // Any JSON value, null included.
                schema.getProperties().put(component.getName(), new Schema<>());
                property = schema.getProperties().get(component.getName());
            }
            boolean nullable = component.getType() == Optional.class
                    || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            // JsonInclude has no record component among its targets: the compiler puts it on the accessor.
            boolean leftOut = nullable
                    && (leavesOutNulls || leavesOutNulls(component.getAccessor().getAnnotation(JsonInclude.class)));
            if (!leftOut) {
                required.add(component.getName());
            }
            if (nullable && !leftOut) {
                schema.getProperties().put(component.getName(), orNull(property));
            }
        }
        schema.setRequired(required);
    }

    private static boolean leavesOutNulls(@Nullable JsonInclude include) {
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    private static @Nullable Class<?> findRecord(String className) {
        String name = className.startsWith(PAGE) ? PAGE : className;
        while (true) {
            try {
                Class<?> type = Class.forName(name);
                return type.isRecord() ? type : null;
            } catch (ClassNotFoundException nestedOrOfTheDescriptionOnly) {
                int dot = name.lastIndexOf('.');
                if (dot < 0) {
                    return null;
                }
                name = name.substring(0, dot) + "$" + name.substring(dot + 1);
            }
        }
    }

    /** The same schema with null allowed; a schema that allows anything allows null already. */
    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null) {
            var either = new Schema<Object>();
            either.addOneOfItem(property);
            either.addOneOfItem(ProblemDescription.ofType("null"));
            return either;
        }
        if (property.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(property.getTypes());
            types.add("null");
            property.setTypes(types);
            if (property.getEnum() != null) {
                allowNull(property);
            }
        }
        return property;
    }

    @SuppressWarnings("unchecked")
    private static void allowNull(Schema<?> property) {
        var values = new ArrayList<Object>(property.getEnum());
        values.add(null);
        ((Schema<Object>) property).setEnum(values);
    }
}
