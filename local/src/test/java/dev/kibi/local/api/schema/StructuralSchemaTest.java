package dev.kibi.local.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StructuralSchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final StructuralSchema schema = widgetSchema();

  @Test
  void fillsInDefaultsAlsoInsideOfDefaultedObjects() throws IOException {
    ObjectNode widget = yaml("{}");
    schema.applyDefaults(widget);
    assertThat(widget).isEqualTo(yaml("spec: {size: 3, spare: 0, colour: red}"));
  }

  @Test
  void keepsGivenValuesAndReplacesNullByTheDefault() throws IOException {
    ObjectNode widget = yaml("spec: {size: 5, colour: null, parts: [{name: a, maybe: null}]}");
    schema.applyDefaults(widget);
    assertThat(widget)
        .isEqualTo(
            yaml(
                """
                spec:
                  size: 5
                  parts: [{name: a, maybe: null, version: 1}]
                  spare: 0
                  colour: red
                """));
  }

  @Test
  void namesAndDropsUnknownFieldsAtAnyDepth() throws IOException {
    ObjectNode widget =
        yaml(
            """
            metadata: {name: x}
            sepc: {}
            spec:
              siez: 3
              labels: {any: thing}
              free: {any: {thing: 1}}
              parts: [{name: a}, {name: b, verison: 2}]
            """);
    assertThat(schema.dropUnknown(widget))
        .containsExactly("sepc", "spec.siez", "spec.parts[1].verison");
    assertThat(widget.at("/spec/parts/1").has("verison")).isFalse();
    assertThat(widget.at("/spec/free/any/thing").asInt()).isEqualTo(1);
  }

  @Test
  void saysWhichLimitANumberBreaks() throws IOException {
    assertThat(errors("spec: {size: 0}"))
        .containsExactly(
            "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1");
    assertThat(errors("spec: {size: 10}"))
        .containsExactly(
            "spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9");
    assertThat(errors("spec: {spare: 3000000000, size: 9}"))
        .containsExactly(
            "spec.spare: Invalid value: 3000000000: spec.spare in body must be of type int32");
  }

  @Test
  void saysWhichTypeIsExpected() throws IOException {
    assertThat(errors("spec: {size: many}"))
        .containsExactly(
            "spec.size: Invalid value: \"string\": spec.size in body must be of type integer:"
                + " \"string\"");
    assertThat(errors("spec: {amount: true}"))
        .containsExactly(
            "spec.amount: Invalid value: \"boolean\": spec.amount in body must be of type"
                + " integer or string: \"boolean\"");
    assertThat(errors("spec: {amount: 1}")).isEmpty();
    assertThat(errors("spec: {amount: 1Gi}")).isEmpty();
    assertThat(errors("spec: {labels: {a: 1}}"))
        .containsExactly(
            "spec.labels.a: Invalid value: \"integer\": spec.labels.a in body must be of type"
                + " string: \"integer\"");
  }

  @Test
  void checksEnumsPatternsLengthsAndRequiredFields() throws IOException {
    assertThat(errors("spec: {colour: blue}"))
        .containsExactly(
            "spec.colour: Unsupported value: \"blue\": supported values: \"red\", \"green\"");
    assertThat(errors("spec: {limit: lots%}"))
        .containsExactly(
            "spec.limit: Invalid value: \"lots%\": spec.limit in body should match '^[0-9]+%$'",
            "spec.limit: Invalid value: \"lots%\": spec.limit in body should be at most 4 chars"
                + " long");
    assertThat(errors("spec: {parts: [{version: 1}]}"))
        .containsExactly("spec.parts[0].name: Required value");
    assertThat(errors("spec: {parts: [{name: a}, {name: b}, {name: c}, {name: d}]}"))
        .singleElement()
        .asString()
        .endsWith("spec.parts in body should have at most 3 items");
  }

  @Test
  void evaluatesRulesAndNamesTheFieldTheyAreAbout() throws IOException {
    assertThat(errors("spec: {size: 1, spare: 2}"))
        .containsExactly("spec.spare: Invalid value: \"object\": spare must not exceed size");
  }

  @Test
  void evaluatesTransitionRulesOnUpdatesOnly() throws IOException {
    assertThat(errors("spec: {colour: green}")).isEmpty();
    assertThat(errors("spec: {colour: green}", "spec: {colour: red}"))
        .containsExactly("spec: Invalid value: \"object\": colour must stay red");
  }

  @Test
  void findsTheOldValueOfAListElementByItsMapKeys() throws IOException {
    String old = "spec: {parts: [{name: a, version: 1}, {name: b, version: 5}]}";
    assertThat(errors("spec: {parts: [{name: b, version: 6}, {name: c, version: 1}]}", old))
        .isEmpty();
    assertThat(errors("spec: {parts: [{name: b, version: 4}]}", old))
        .containsExactly("spec.parts[0]: Invalid value: \"object\": version must not decrease");
  }

  private List<String> errors(String object) throws IOException {
    return errors(object, null);
  }

  private List<String> errors(String object, @Nullable String old) throws IOException {
    return schema.validate(admitted(object), old == null ? null : admitted(old)).stream()
        .map(FieldError::toString)
        .toList();
  }

  private ObjectNode admitted(String text) throws IOException {
    ObjectNode object = yaml(text);
    schema.applyDefaults(object);
    return object;
  }

  private static ObjectNode yaml(String text) throws IOException {
    return (ObjectNode) YAML.readTree(text);
  }

  private static StructuralSchema widgetSchema() {
    try (InputStream crd = StructuralSchemaTest.class.getResourceAsStream("/widgets.crd.yml")) {
      return new StructuralSchema(
          (ObjectNode) YAML.readTree(crd).at("/spec/versions/0/schema/openAPIV3Schema"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
