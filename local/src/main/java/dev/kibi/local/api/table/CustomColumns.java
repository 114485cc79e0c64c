package dev.kibi.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;

/** Columns that a CRD declares with a JSONPath. */
public final class CustomColumns {
  private static final Configuration JSON_PATH =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .options(Option.SUPPRESS_EXCEPTIONS, Option.ALWAYS_RETURN_LIST)
          .build();

  private CustomColumns() {}

  /** The column that an element of {@code additionalPrinterColumns} declares. */
  public static Column column(JsonNode declared) {
    JsonPath path = JsonPath.compile("$" + declared.path("jsonPath").asText());
    String type = declared.path("type").asText();
    boolean date = type.equals("date");
    return new Column(
        declared.path("name").asText(),
        type,
        declared.path("format").asText(),
        declared.path("priority").asInt(),
        declared.path("description").asText(),
        (object, now) -> {
          JsonNode value = first(path, object);
          return date && value.isTextual() ? Column.age(value, now) : value;
        });
  }

  private static JsonNode first(JsonPath path, JsonNode object) {
    JsonNode found = path.read(object, JSON_PATH);
    return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
  }
}
