// The board over HTTP, for members' nodes. Bodies carry what is asked for: addresses stand in logs.
#pragma once

#include <functional>
#include <memory>

#include "bulletins/board.h"
#include "bulletins/hub_caller.h"
#include "bulletins/trainings.h"
#include "http/router.h"

namespace probity::http::routes {

using BoardHandler = std::function<Response(const Request&, const bulletins::Reader&)>;
// Lets a request in as a reader, or answers it.
using BoardDoor = std::function<Handler(BoardHandler)>;

struct BoardServices {
  bulletins::Board& board;
  bulletins::Trainings& trainings;
  std::string hub_name;  // in exports
  Id hub_id;             // their ids are derived from it
};

// Under /alliance/v1/bulletins, /joint-cases and /training. Borrows the services.
void add_hub_bulletin_routes(Router& router, const BoardServices& services, const BoardDoor& door);

// The hub's own staff at the board: the same handlers without a network, as the operator. Borrows the services.
std::unique_ptr<bulletins::HubCaller> own_board_caller(const BoardServices& services);

}  // namespace probity::http::routes
