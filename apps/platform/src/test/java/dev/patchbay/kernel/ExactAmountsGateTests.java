package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Code about money uses no binary floating point: no member of such a type, no constant, no arithmetic, and no call that takes or
 * returns one. The only exception is counters of metrics, which count subjects.
 */
class ExactAmountsGateTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.patchbay.usage", "dev.patchbay.billing", "dev.patchbay.kernel", "dev.patchbay.integrations");

    private static boolean isNearMoney(JavaClass type) {
        return type.getPackageName().startsWith("dev.patchbay.usage")
                || type.getPackageName().startsWith("dev.patchbay.billing")
                || type.getFullName().matches("dev\\.patchbay\\.kernel\\.(Money|Exact)(\\$.*)?")
                || type.getFullName().matches("dev\\.patchbay\\.integrations\\..*(Usage|Cost|Invoice).*");
    }

    private static boolean isFloating(TypeKind kind) {
        return kind == TypeKind.DOUBLE || kind == TypeKind.FLOAT;
    }

    private static List<String> violations(String name, ClassModel model) {
        var found = new ArrayList<String>();
        model.fields().stream()
                .filter(field -> field.fieldType().stringValue().matches("\\[*[DF]"))
                .forEach(field -> found.add(name + "." + field.fieldName()));
        model.methods().forEach(method -> {
            String where = name + "." + method.methodName();
            if (method.methodTypeSymbol().parameterList().stream()
                    .anyMatch(type -> type.descriptorString().matches("\\[*[DF]"))) {
                found.add(where + " takes one");
            }
            if (method.methodTypeSymbol().returnType().descriptorString().matches("\\[*[DF]")) {
                found.add(where + " returns one");
            }
            method.code()
                    .ifPresent(code -> code.forEach(element -> {
                        switch (element) {
                            case ConstantInstruction constant
                            when isFloating(constant.typeKind()) -> found.add(where + " has a constant");
                            case OperatorInstruction operator
                            when isFloating(operator.typeKind()) -> found.add(where + " computes");
                            case ConvertInstruction convert
                            when isFloating(convert.fromType()) -> found.add(where + " converts");
                            case InvokeInstruction invoke
                            when !invoke.owner().asInternalName().startsWith("io/micrometer/")
                                    && usesFloating(invoke) -> found.add(where + " calls " + invoke.name());
                            default -> {}
                        }
                    }));
        });
        return found;
    }

    private static boolean usesFloating(InvokeInstruction invoke) {
        var type = invoke.typeSymbol();
        return type.returnType().descriptorString().matches("\\[*[DF]")
                || type.parameterList().stream()
                        .anyMatch(it -> it.descriptorString().matches("\\[*[DF]"));
    }

    private static ClassModel model(JavaClass type) {
        String resource = "/" + type.getFullName().replace('.', '/') + ".class";
        try (InputStream bytes = ExactAmountsGateTests.class.getResourceAsStream(resource)) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void noClassNearMoneyUsesFloatingPoint() {
        List<JavaClass> checked =
                CLASSES.stream().filter(ExactAmountsGateTests::isNearMoney).toList();

        assertThat(checked).hasSizeGreaterThan(50);
        assertThat(checked.stream().flatMap(type -> violations(type.getName(), model(type)).stream()))
                .isEmpty();
    }

    /** Holds one of each kind that the gate rejects. */
    static final class Offender {
        private float rate = 1.5f;

        double total(double price) {
            rate = (float) (price * 2);
            return Math.ceil(price) + rate;
        }
    }

    @Test
    void theGateRejectsEveryUseOfFloatingPoint() {
        JavaClass offender = new ClassFileImporter().importClass(Offender.class);
        assertThat(violations("Offender", model(offender)))
                .contains(
                        "Offender.rate",
                        "Offender.total takes one",
                        "Offender.total returns one",
                        "Offender.total computes",
                        "Offender.total converts",
                        "Offender.total calls ceil",
                        "Offender.total has a constant");
    }
}
